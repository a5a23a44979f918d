/**
 * A VPC link without traffic for 60 days loses its interfaces: requests fail until API Gateway has made new ones.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
import type { LoadBalancer } from '../../snapshot/types.ts'
import { type Caller, callersOf } from '../edge/callers.ts'
import { type Link, V1, V2 } from '../edge/vpc-links.ts'
import { balancerName, callersText } from '../edge/words.ts'
import type { Fix } from '../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const edgeVpclinkInactive: CauseRule = {
  code: 'edge.vpclink-inactive',
  judge({ balancer, scope }) {
    if (!balancer) return []
    const { list, missing } = callersOf(scope, balancer)
    const links = new Map(list.map(({ link }) => [link.id, link]))
    const judged = [...links.values()].flatMap((link) =>
      judgeLink(
        balancer,
        link,
        list.filter((caller) => caller.link.id === link.id),
      ),
    )
    const gaps = missing.flatMap(notKnown)
    if (judged.length > 0 || gaps.length > 0 || links.size === 0) return [...judged, ...gaps]
    return absent(`${[...links.values()].map(({ name }) => name).join(', ')} is available`)
  },
}

/** While it is made, or made anew, it will be there in minutes. */
const WORKING = ['AVAILABLE', 'PENDING']
const BROKEN = ['INACTIVE', 'FAILED', 'DELETING']

function judgeLink(balancer: LoadBalancer, link: Link, callers: readonly Caller[]): readonly Judgement[] {
  const { version, id, name, status } = link
  const operation = version === 'V1' ? V1 : V2
  if (status === undefined) return notKnown({ missing: operation, because: `${id} came without its status` })
  if (WORKING.includes(status)) return []
  if (!BROKEN.includes(status))
    return notKnown({ missing: operation, because: `what the status ${status} of ${id} means is not known` })
  return [
    {
      kind: 'present',
      confidence: 'proven',
      title: `VPC link ${name} to load balancer ${balancerName(balancer)} is ${status}: ${callersText(callers)} fails`,
      component: { type: 'vpc-link', id, name },
      evidence: [
        {
          operation,
          resource: id,
          field: version === 'V1' ? 'status' : 'VpcLinkStatus',
          observed: status,
          expected: 'AVAILABLE',
        },
      ],
      targets: [],
      fixes: [fixOf(link, balancer)],
    },
  ]
}

function fixOf(link: Link, { LoadBalancerArn: arn }: LoadBalancer): Fix {
  const again =
    link.version === 'V1'
      ? `aws apigateway create-vpc-link --name ${link.name} --target-arns ${arn}`
      : `aws apigatewayv2 create-vpc-link --name ${link.name} --subnet-ids ${link.subnets?.join(' ')} --security-group-ids ${link.groups?.join(' ')}`
  const wake = 'Call the API until API Gateway has made the link’s interfaces anew, which takes minutes; '
  return {
    title: `${link.status === 'INACTIVE' ? wake : ''}${link.status === 'INACTIVE' ? 'or make' : 'Make'} another VPC link and let the integrations use it`,
    patches: [],
    verifiable: false,
    manual: { cli: [again] },
  }
}
