import type { Params, Route } from './route.ts'

export interface Match {
  readonly route: Route
  readonly params: Params
}

/** The routes of a path, one for each of its methods. */
export const matchPath = (routes: readonly Route[], path: string): readonly Match[] =>
  routes.flatMap((route) => {
    const found = patternOf(route.path).exec(withoutSlash(path))
    return found ? [{ route, params: { ...found.groups } }] : []
  })

/** `/findings/{id}` -> a named group for each parameter. */
export const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

/** One at the end changes nothing; `//` is no path of ours, and a browser reads it as the beginning of a host. */
export const withoutSlash = (path: string): string => path.replace(/(?<=[^/])\/$/, '')
