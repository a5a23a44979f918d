import { describe, expect, it } from 'vitest'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { causeOf, codes, diagnosed } from '../diagnosed.ts'
import { failToStart } from '../start-failures.ts'

const code = 'ecs.exec-role-permission'
const refused = (role: string, why: string) =>
  `CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry. AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${role}/i-0f9c is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:ap-northeast-1:111122223333:repository/stock ${why}`
const UNGRANTED = 'because no identity-based policy allows the ecr:BatchGetImage action'

function warehouse(said: string) {
  const made = warehouseEc2()
  failToStart(made, said)
  return diagnosed(made.world, made.service)
}

describe(`${code} on EC2`, () => {
  it('is the role of the instances where AWS names it, and is cured by AWS’s policy for them', () => {
    const cause = causeOf(warehouse(refused('ecsInstanceRole', UNGRANTED)), code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title:
        'The role ecsInstanceRole of the container instances of tasks of service stock may not do ecr:BatchGetImage',
    })
    expect(cause.fixes).toMatchObject([
      {
        verifiable: false,
        manual: {
          cli: [
            'aws iam attach-role-policy --role-name ecsInstanceRole --policy-arn arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
          ],
        },
      },
    ])
  })

  it('has no cure by a policy more where something denies', () => {
    const denied = refused('ecsInstanceRole', 'with an explicit deny in an identity-based policy')
    expect(causeOf(warehouse(denied), code).fixes).toEqual([])
  })

  it('is not the role of the instances where AWS names another action or no role', () => {
    const other = refused('ecsInstanceRole', UNGRANTED).replaceAll('ecr:BatchGetImage', 'sqs:SendMessage')
    expect(codes(warehouse(other))).not.toContain(code)
    expect(codes(warehouse('CannotPullContainerError: pull access denied for stock'))).not.toContain(code)
  })
})
