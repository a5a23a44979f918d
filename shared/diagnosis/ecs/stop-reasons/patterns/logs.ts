/**
 * The log driver, which AWS tells as ResourceInitializationError on Fargate and as CannotStartContainerError on EC2.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 */
import type { StopPattern } from '../pattern.ts'

const category = 'ResourceInitializationError'
const service = 'logs'

export const logPatterns: readonly StopPattern[] = [
  {
    id: 'log-group-missing',
    category,
    aims: ['log-group'],
    text: /specified log group does not exist/i,
    service,
  },
  {
    id: 'log-group-not-created',
    category,
    aims: ['authorization', 'network'],
    text: /failed to create cloudwatch log group/i,
    service,
  },
  {
    id: 'log-stream-not-created',
    category,
    aims: ['log-group', 'authorization', 'network'],
    text: /failed to create cloudwatch log stream/i,
    service,
  },
  {
    id: 'log-group-not-reached',
    category,
    aims: ['network', 'log-group'],
    text: /(?:cannot|can't) find the amazon cloudwatch log group|between the task and amazon cloudwatch/i,
    service,
  },
  {
    id: 'log-arguments',
    category,
    aims: ['log-group', 'authorization', 'network'],
    text: /failed to validate logger args/i,
  },
  { id: 'log-driver', category, aims: ['log-group'], text: /failed to initialize logging driver/i },
]
