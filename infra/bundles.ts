import { fileURLToPath } from 'node:url'

/** The functions as `npm run build` makes them. This file is in infra/, or built into dist/: the path fits both. */
export const bundlesOfThisPackage = fileURLToPath(new URL('../dist/functions', import.meta.url))
