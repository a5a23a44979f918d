/** What tasks call while they work. */
import type { About } from './about.ts'

export const calls = {
  'svc.gateway-endpoint-needed': {
    evidence:
      'The task role allows dynamodb or s3 actions, or an interface endpoint for it stands beside the tasks; private DNS does not answer for its name, and the route tables of the tasks’ subnets have neither a route to a gateway endpoint nor a way out.',
    fix: 'A gateway endpoint in the route tables of the tasks’ subnets.',
    traps: [
      'With a NAT or internet gateway the public addresses are reached.',
      'DynamoDB’s interface endpoints have no private DNS; S3’s have, if it is on.',
      'A container that is told the endpoint’s own name (AWS_ENDPOINT_URL_DYNAMODB) needs no private DNS.',
      'Where the tasks’ groups let them out to endpoints only, they need egress to the service’s prefix list, too.',
    ],
    documentation:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html',
  },
  'svc.endpoint-wrong-api': {
    evidence:
      'The task role allows aoss actions, or an endpoint of EC2’s API for aoss stands beside the tasks; ListVpcEndpoints of OpenSearch Serverless has no ACTIVE endpoint in the tasks’ VPC, and their subnets have no way out.',
    fix: 'An endpoint made with opensearchserverless:CreateVpcEndpoint, named in the network policy of the collection.',
    traps: [
      'With a NAT gateway the public addresses are reached, if the network policy admits them.',
      'Collections on on.aws (NextGen) are reached by endpoints of EC2’s API.',
      'An endpoint of another VPC does not serve this one.',
    ],
    documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html',
  },
} as const satisfies Record<string, About>
