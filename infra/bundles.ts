import { fileURLToPath } from 'node:url'

/** The functions as `npm run build` makes them. */
export const bundlesOfThisPackage = fileURLToPath(new URL('../dist/functions', import.meta.url))
