/** What the analysis reads of ELBv2's responses. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
import * as z from 'zod'
import { flag, int, list, port, text, timestamp } from './common.ts'

export const loadBalancer = z.object({
  LoadBalancerArn: z.string(),
  LoadBalancerName: text,
  DNSName: text,
  Scheme: text,
  Type: text,
  VpcId: text,
  IpAddressType: text,
  State: z.object({ Code: text, Reason: text }).optional(),
  CreatedTime: timestamp,
  SecurityGroups: list(z.string()),
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: text,
  AvailabilityZones: list(
    z.object({
      ZoneName: text,
      SubnetId: text,
      LoadBalancerAddresses: list(
        z.object({ IpAddress: text, AllocationId: text, PrivateIPv4Address: text, IPv6Address: text }),
      ),
    }),
  ),
})

export const targetGroup = z.object({
  TargetGroupArn: z.string(),
  TargetGroupName: text,
  Protocol: text,
  ProtocolVersion: text,
  Port: port,
  VpcId: text,
  TargetType: text,
  IpAddressType: text,
  HealthCheckEnabled: flag,
  HealthCheckProtocol: text,
  HealthCheckPort: text,
  HealthCheckPath: text,
  HealthCheckIntervalSeconds: int,
  HealthCheckTimeoutSeconds: int,
  HealthyThresholdCount: int,
  UnhealthyThresholdCount: int,
  Matcher: z.object({ HttpCode: text, GrpcCode: text }).optional(),
  LoadBalancerArns: list(z.string()),
})

export const action = z.object({
  Type: text,
  Order: int,
  TargetGroupArn: text,
  ForwardConfig: z.object({ TargetGroups: list(z.object({ TargetGroupArn: text, Weight: int })) }).optional(),
})

export const listener = z.object({
  ListenerArn: z.string(),
  LoadBalancerArn: text,
  Port: port,
  Protocol: text,
  DefaultActions: list(action),
})

export const rule = z.object({ RuleArn: z.string(), Priority: text, IsDefault: flag, Actions: list(action) })

export const attribute = z.object({ Key: text, Value: text })

export const targetHealthDescription = z.object({
  Target: z.object({ Id: z.string(), Port: port, AvailabilityZone: text }),
  HealthCheckPort: text,
  TargetHealth: z.object({ State: text, Reason: text, Description: text }).optional(),
})
