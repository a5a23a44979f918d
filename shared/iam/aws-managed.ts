/** AWS-managed policies that are known without asking. */

const ECS_TASK_EXECUTION = /^arn:aws[a-z-]*:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/

/**
 * Version v1, unchanged since 2017.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html
 */
const ecsTaskExecution = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ],
      Resource: '*',
    },
  ],
} as const

export const managedDocument = (policyArn: string): unknown =>
  ECS_TASK_EXECUTION.test(policyArn) ? ecsTaskExecution : undefined
