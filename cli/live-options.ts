/** The options of every command that can ask live AWS; what is not given, the SDK's usual chain decides. */
import { type Command, Option } from 'commander'
import type { ClientOptions, Clients } from '../shared/snapshot/collect/index.ts'

const logLevels = ['error', 'info', 'debug'] as const
type LogLevel = (typeof logLevels)[number]

export interface LiveOptions extends ClientOptions {
  readonly quiet?: boolean | undefined
  readonly logLevel?: LogLevel | undefined
}

export function addLiveOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'profile of the AWS configuration (default: AWS_PROFILE)')
    .option('--region <region>', "AWS Region (default: AWS_REGION, or the profile's)")
    .option('--endpoint-url <url>', "another endpoint than AWS's own (default: AWS_ENDPOINT_URL)")
    .addOption(
      new Option('--log-level <level>', 'how much to say on stderr').choices(logLevels).default('info'),
    )
}

/** The SDK's clients take 300 ms to load: only when AWS is asked. */
export async function liveClients({ profile, region, endpointUrl }: ClientOptions): Promise<Clients> {
  const { createClients } = await import('../shared/snapshot/collect/index.ts')
  silenceNodeVersionWarning()
  return createClients({ profile, region, endpointUrl })
}

/** The SDK announces on Node 20 that it will want Node 22: nothing that a person who runs `hca` can act on. */
function silenceNodeVersionWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
}
