/** A function's settings come from its environment; a missing one is a broken deployment and says so at once. */
export function requiredSetting(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[name]
  if (!value) throw new Error(`environment variable ${name} is not set: the deployment must give it`)
  return value
}

/** @throws Error when it is set to something else than a whole number above 0 */
export function numberSetting(
  name: string,
  whenNotSet: number,
  environment: NodeJS.ProcessEnv = process.env,
): number {
  const value = environment[name]
  if (!value) return whenNotSet
  if (!/^[1-9]\d*$/.test(value))
    throw new Error(
      `environment variable ${name} is ${JSON.stringify(value)}: it must be a whole number above 0`,
    )
  return Number(value)
}

/** Made when first used: importing a module (in a test, say) must not ask for an environment. */
export function lazily<A extends readonly unknown[], R>(create: () => (...args: A) => R): (...args: A) => R {
  let made: ((...args: A) => R) | undefined
  return (...args) => {
    made ??= create()
    return made(...args)
  }
}
