import { describe, expect, it } from 'vitest'
import { stateMachines } from '../../infra/state-machines.ts'
import { parseTrigger } from '../../shared/events/index.ts'
import { deployed } from './deployed.ts'
import { reference } from './template.ts'

const MEMBERS = {
  members: [{ accountId: '222233334444', regions: ['eu-west-1', 'us-east-1'] }],
  memberExternalId: 'night-shift',
}

/** What the few expressions give in an execution: Step Functions itself does not run here. */
const values: Readonly<Record<string, string>> = {
  "{% $substringBefore($states.input, '/') %}": '222233334444',
  "{% $substringAfter($states.input, '/') %}": 'eu-west-1',
  '{% $states.context.Execution.Name %}': 'a2c4',
  '{% $states.context.Execution.StartTime %}': '2026-11-20T03:00:00.123Z',
}
const inAnExecution = (payload: object): unknown =>
  JSON.parse(JSON.stringify(payload), (_, value) => values[value] ?? value)

const placesOf = (id: string, { Resources }: ReturnType<typeof deployed>) => {
  const { DefinitionSubstitutions: given } = Resources[id]?.Properties ?? {}
  return (given as { readonly Places: string } | undefined)?.Places.split(',')
}

const own = `${reference('AWS::AccountId')}/${reference('AWS::Region')}`

describe('the sweep', () => {
  const { States } = stateMachines.Sweep.definition
  const { SweepRegion } = States.SweepPlaces.ItemProcessor.States

  it('goes through our own Region, and all of the members', () => {
    expect(placesOf('Sweep', deployed())).toEqual([own])
    expect(placesOf('Sweep', deployed(MEMBERS))).toEqual([
      own,
      '222233334444/eu-west-1',
      '222233334444/us-east-1',
    ])
  })

  it('passes the function an account and Region', () => {
    expect(inAnExecution(SweepRegion.Arguments.Payload)).toEqual({
      accountId: '222233334444',
      region: 'eu-west-1',
    })
  })

  it('tries again, then goes on with the others, and fails at the end', () => {
    expect(SweepRegion.Retry).toMatchObject([{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }])
    expect(SweepRegion.Catch).toMatchObject([{ ErrorEquals: ['States.ALL'], Next: 'NotSwept' }])
    expect(States.SweepPlaces).toMatchObject({ ToleratedFailurePercentage: 100, Next: 'WereAllSwept' })
    expect(States.WereAllSwept.Default).toBe('NotAllSwept')
    expect(States.NotAllSwept.Type).toBe('Fail')
  })

  it('each state leads to one that there is', () => {
    for (const states of [States, States.SweepPlaces.ItemProcessor.States]) {
      const outer = JSON.stringify(states, (key, value) => (key === 'ItemProcessor' ? undefined : value))
      const nexts = [...outer.matchAll(/"(?:Next|Default)":"(\w+)"/g)].map(([, next]) => next)
      expect(nexts).not.toEqual([])
      expect(Object.keys(states)).toEqual(expect.arrayContaining(nexts))
    }
  })

  it('its failed executions are an alarm', () => {
    expect(deployed().Resources.SweepFailedAlarm?.Properties).toMatchObject({
      MetricName: 'ExecutionsFailed',
      Dimensions: [{ Name: 'StateMachineArn', Value: reference('Sweep') }],
    })
  })
})

describe('the watch of the members', () => {
  const { Arguments } = stateMachines.WatchMembers.definition.States.WatchMembers.ItemProcessor.States.Watch

  it('is there for members only, and goes through all of them', () => {
    expect(Object.keys(deployed().Resources).filter((id) => id.startsWith('WatchMembers'))).toEqual([])
    expect(placesOf('WatchMembers', deployed(MEMBERS))).toEqual([
      '222233334444/eu-west-1',
      '222233334444/us-east-1',
    ])
  })

  it('gives the watcher a tick of that account and Region, and does not wait', () => {
    expect(Arguments.InvocationType).toBe('Event')
    expect(parseTrigger(inAnExecution(Arguments.Payload))).toMatchObject({
      kind: 'schedule',
      accountId: '222233334444',
      region: 'eu-west-1',
    })
  })
})
