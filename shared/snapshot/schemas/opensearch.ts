/** What the analysis reads of OpenSearch Serverless. https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/ */
import * as z from 'zod'
import { list, text } from './common.ts'

/** An item of ListVpcEndpoints with the details of BatchGetVpcEndpoint; not one of EC2's endpoints. */
export const vpcEndpoint = z.object({
  id: z.string(),
  name: text,
  status: text,
  vpcId: text,
  subnetIds: list(z.string()),
  securityGroupIds: list(z.string()),
})
