import type { RecordSet } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

const without = (recordSet: RecordSet): RecordSet => ({
  ...recordSet,
  AliasTarget: { ...recordSet.AliasTarget, EvaluateTargetHealth: false },
})

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html */
export const aliasHealth: PatchKind<PatchOf<'alias-health'>> = {
  apply: (scope, { hostedZoneId, recordSet: { Name, Type, SetIdentifier } }) =>
    changeKeyed(scope, 'route53:ListResourceRecordSets', hostedZoneId, (response) => {
      const ResourceRecordSets = changeOne(
        response.ResourceRecordSets,
        (one) => one.Name === Name && one.Type === Type && one.SetIdentifier === SetIdentifier,
        without,
      )
      return ResourceRecordSets && { ...response, ResourceRecordSets }
    }),

  step({ hostedZoneId, recordSet }, { scope }) {
    const { Name, Type, SetIdentifier = '', AliasTarget } = recordSet
    const HostedZoneId = hostedZoneId.replace(/^\/hostedzone\//, '')
    const change = { Changes: [{ Action: 'UPSERT', ResourceRecordSet: without(recordSet) }] }
    const note = `Merge into the resource of record set ${Name} ${SetIdentifier}`
    return {
      title: `Turn EvaluateTargetHealth off in record set ${Name} ${Type} ${SetIdentifier}`,
      cli: [
        aws('route53', 'change-resource-record-sets', scope.region, {
          'hosted-zone-id': HostedZoneId,
          'change-batch': change,
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId('record', Name, SetIdentifier)]: {
            Type: 'AWS::Route53::RecordSet',
            Properties: { HostedZoneId, ...without(recordSet) },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_route53_record',
        label(Name, SetIdentifier),
        {
          values: { zone_id: HostedZoneId, name: Name, type: Type, set_identifier: SetIdentifier },
          blocks: {
            alias: {
              values: {
                zone_id: AliasTarget?.HostedZoneId,
                name: AliasTarget?.DNSName,
                evaluate_target_health: false,
              },
            },
          },
        },
        note,
      ),
    }
  },

  opens: () => undefined,
}
