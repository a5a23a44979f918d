/** What the analysis reads of EFS's responses. https://docs.aws.amazon.com/efs/latest/ug/api-reference.html */
import * as z from 'zod'
import { list, policyDocument, text } from './common.ts'

export const mountTarget = z.object({
  MountTargetId: z.string(),
  FileSystemId: text,
  OwnerId: text,
  VpcId: text,
  SubnetId: text,
  AvailabilityZoneId: text,
  AvailabilityZoneName: text,
  LifeCycleState: text,
  IpAddress: text,
  Ipv6Address: text,
  NetworkInterfaceId: text,
})

export const mountTargetSecurityGroups = z.object({ SecurityGroups: list(z.string()) })

/** DescribeFileSystemPolicy. No `Policy` (`{}`): the file system has none (it lets every client in), or does not exist. */
export const fileSystemPolicy = z.object({ FileSystemId: text, Policy: policyDocument })
