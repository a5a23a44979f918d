/** A Lambda function whose process may die at any step: what it was doing is lost, and a new one starts cold. */
import type { Context } from 'aws-lambda'
import { contextOf } from '../../cli/local/context.ts'
import type { Clock } from './clock.ts'
import type { Dice, Fault } from './dice.ts'

/** What a function does to the world goes through here: it may be refused, fail, hang, or be its last act. */
type Act = <T>(step: string, effect: () => Promise<T>, refusal?: () => Error | undefined) => Promise<T>

export interface LambdaFunction<E, R> {
  /** @throws Error when the process died, was too slow, or the function itself failed */
  readonly invoke: (event: E) => Promise<R>
  readonly deaths: () => number
}

/** A process that a function runs in, one event at a time. */
export interface Life {
  readonly act: Act
  readonly isOver: () => boolean
}

interface Process<E, R> {
  readonly handler: (event: E, context: Context) => Promise<R>
  end: (reason: string) => void
  over: boolean
}

interface Settings {
  readonly name: string
  readonly seconds: number
}

export function lambdaFunction<E, R>(
  { clock, dice }: { readonly clock: Clock; readonly dice: Dice },
  { name, seconds }: Settings,
  create: (life: Life) => (event: E, context: Context) => Promise<R>,
): LambdaFunction<E, R> {
  const warm: Process<E, R>[] = []
  let deaths = 0

  function start(): Process<E, R> {
    const process: Process<E, R> = {
      handler: create({ act: (...given) => act(process, ...given), isOver: () => process.over }),
      end: () => {},
      over: false,
    }
    return process
  }

  async function act<T>(
    process: Process<E, R>,
    step: string,
    effect: () => Promise<T>,
    refusal: () => Error | undefined = () => undefined,
  ): Promise<T> {
    const fault = dice.at(step)
    await clock.wait(dice.latency())
    if (process.over) return never()
    if (fault === 'dies before') return died(process, step)
    const error = refusal() ?? (fault === 'fails' ? new Error(`${step}: 503 Service Unavailable`) : undefined)
    if (error) throw error
    const result = await (fault === 'sent twice' ? effect().then(effect) : effect())
    return answered(process, step, fault, result)
  }

  /** It has happened; whether that is heard is another matter. */
  async function answered<T>(
    process: Process<E, R>,
    step: string,
    fault: Fault | undefined,
    result: T,
  ): Promise<T> {
    if (fault === 'dies after') return died(process, step)
    await clock.wait(dice.latency())
    if (process.over || fault === 'hangs') return never()
    if (fault === 'answer lost') throw new Error(`${step}: socket hang up`)
    return result
  }

  const died = <T>(process: Process<E, R>, step: string): Promise<T> => {
    process.end(`the process died at ${step}`)
    return never()
  }

  return {
    deaths: () => deaths,
    async invoke(event) {
      const process = warm.pop() ?? start()
      const ends = clock.now() + seconds * 1000
      let running = true
      const death = new Promise<never>((_, reject) => {
        process.end = (reason) => {
          process.over = true
          reject(new Error(reason))
        }
      })
      clock.at(ends, () => running && process.end(`Task timed out after ${seconds}.00 seconds`))
      const context = { ...contextOf(name), getRemainingTimeInMillis: () => ends - clock.now() }
      try {
        return await Promise.race([process.handler(event, context), death])
      } finally {
        running = false
        if (process.over) deaths += 1
        else warm.push(process)
      }
    },
  }
}

const never = <T>() => new Promise<T>(() => {})
