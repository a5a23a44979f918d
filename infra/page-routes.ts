/** The routes of the page's HTTP API: what holds no finding is open, everything else wants a token. */
import { openPaths } from '../shared/api/site.ts'

/** Beside the route of the data. Named by its path: `/findings/{id}` -> `PageFindingsIdRoute`. */
export const openRoutes: Readonly<Record<string, string>> = Object.fromEntries(
  openPaths.map((path) => [`Page${nameOf(path)}Route`, `GET ${path}`]),
)

/** The page asks under this prefix, so that no route is both open and not. */
export const DATA_ROUTE = 'ANY /api/{proxy+}'

function nameOf(path: string): string {
  const words = path.match(/[a-z]+/g) ?? ['root']
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
