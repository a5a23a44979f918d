/**
 * EFS file systems. What the server answers proves that the network path to it is open.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 * https://docs.aws.amazon.com/efs/latest/ug/troubleshooting-efs-mounting.html
 */
import type { StopPattern } from '../pattern.ts'

const category = 'ResourceInitializationError'
const service = 'efs'

export const volumePatterns: readonly StopPattern[] = [
  {
    id: 'efs-denied',
    category,
    aims: ['authorization'],
    text: /(?:efs utils|mount\.nfs4?)\b.*access denied by server/i,
    service,
  },
  {
    id: 'efs-directory-missing',
    category,
    aims: ['file-system'],
    text: /(?:efs utils|mount\.nfs4?)\b.*no such file or directory/i,
    service,
  },
  {
    id: 'efs-name',
    category,
    aims: ['file-system', 'network'],
    text: /failed to resolve "?fs-|mount target ip address/i,
    service,
  },
  {
    id: 'efs-mount',
    category,
    aims: ['network', 'file-system', 'authorization'],
    text: /failed to invoke efs utils|unsuccessful efs utils command/i,
    service,
  },
]
