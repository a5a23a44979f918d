/** A member of a deployed hub: the template of StackSets, in one Region of another account. */
import { type AccountCredentials, asEnvironment } from './accounts.ts'
import { aws, type Deployment, EXTERNAL_ID } from './deployment.ts'

/** @throws Error when its stack is not complete */
export async function deployMember(hub: Deployment, credentials: AccountCredentials): Promise<void> {
  const values = {
    HubBusArn: hub.outputs.EventBusArn ?? '',
    ExternalId: EXTERNAL_ID,
    ReadRoleRegion: hub.region,
    UnhealthyHostAlarms: 'false',
  }
  const parameters = Object.entries(values)
    .map(([name, value]) => `ParameterKey=${name},ParameterValue=${value}`)
    .join(' ')
  const ofMember = (command: string) => aws(hub.region, command, asEnvironment(credentials))
  const template = '--template-body file://infra/member-template.yaml --capabilities CAPABILITY_NAMED_IAM'
  await ofMember(`cloudformation create-stack --stack-name member ${template} --parameters ${parameters}`)
  const { Stacks } = (await ofMember('cloudformation describe-stacks --stack-name member')) as {
    readonly Stacks: readonly { readonly StackStatus: string }[]
  }
  if (Stacks[0]?.StackStatus !== 'CREATE_COMPLETE') throw new Error(`member: ${JSON.stringify(Stacks)}`)
}
