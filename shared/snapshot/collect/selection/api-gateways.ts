/** API Gateways that call a load balancer of the incident over a VPC link. Without such a link nothing more is asked. */
import type { Session } from '../session.ts'
import { askSubnets } from './network.ts'

export async function collectApiGateways(session: Session): Promise<void> {
  const loadBalancers = session.responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
  if (loadBalancers.length === 0) return
  await Promise.all([session.ask('apigateway:GetVpcLinks', {}), session.ask('apigatewayv2:GetVpcLinks', {})])
  const arns = loadBalancers.map((one) => one.LoadBalancerArn)
  const viaNewLink = await newLinksLeadInto(session, new Set(loadBalancers.flatMap((one) => one.VpcId ?? [])))
  const viaOldLink = (session.responses['apigateway:GetVpcLinks']?.items ?? []).some((link) =>
    (link.targetArns ?? []).some((arn) => arns.includes(arn)),
  )
  await Promise.all([
    (viaOldLink || viaNewLink) && collectRestApis(session),
    viaNewLink && collectHttpApis(session),
  ])
}

/** A link of the new kind stands in subnets, and only its integrations say what it leads to. */
async function newLinksLeadInto(session: Session, vpcs: ReadonlySet<string>): Promise<boolean> {
  const links = session.responses['apigatewayv2:GetVpcLinks']?.Items ?? []
  const subnets = new Set(links.flatMap((link) => link.SubnetIds ?? []))
  await askSubnets(session, subnets)
  const told = session.responses['ec2:DescribeSubnets']?.Subnets ?? []
  return told.some(({ SubnetId, VpcId }) => subnets.has(SubnetId) && vpcs.has(VpcId ?? ''))
}

async function collectRestApis(session: Session): Promise<void> {
  await session.ask('apigateway:GetRestApis', {})
  const apis = session.responses['apigateway:GetRestApis']?.items ?? []
  await session.askEach(
    'apigateway:GetResources',
    apis.map(({ id }) => id),
  )
}

async function collectHttpApis(session: Session): Promise<void> {
  await session.ask('apigatewayv2:GetApis', {})
  const apis = session.responses['apigatewayv2:GetApis']?.Items ?? []
  await session.askEach(
    'apigatewayv2:GetIntegrations',
    apis.map(({ ApiId }) => ApiId),
  )
}
