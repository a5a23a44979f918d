/** Into a load balancer: through a listener on the port, along its actions and rules, to the target groups. */
import { onePort } from '../network/ports.ts'
import type { Blocker, Component, Explanation } from '../reachability/result.ts'
import { type Lead, leadsOf } from './actions.ts'
import { balancerComponent, type Entrance, type Visit } from './entrance.ts'
import { blockerOf } from './group-words.ts'
import { toGroup } from './groups.ts'
import { type Door, doorsOf, noListener } from './listeners.ts'
import { allOf, passed, type Step, stopped, unclear } from './way.ts'

/** To a load balancer's node as a target: by whatever listener is there. */
export function enterBehind(entrance: Entrance, way: Explanation, visit: Visit): Explanation {
  const { scope, balancer, flow } = entrance
  const component = balancerComponent(balancer)
  const doors = doorsOf(scope, balancer, flow.protocol)
  if (!doors.known) return unclear(way, { component, direction: 'ingress' }, doors.missing)
  const fitting = doors.value.filter(({ port }) => port === visit.port)
  if (fitting.length > 0) return allOf(fitting.map((door) => enter(entrance, way, visit, door)))
  const blocker = noListener(balancer, doors.value, onePort(visit.port))
  return stopped(way, { component, direction: 'ingress', explanation: blocker.explanation }, [blocker])
}

/** Each action and rule may be taken. */
export const enter = (entrance: Entrance, way: Explanation, visit: Visit, door: Door): Explanation =>
  allOf(
    leadsOf(entrance.scope, entrance.balancer, door.listener).map((lead) =>
      follow(entrance, way, visit, door, lead),
    ),
  )

function follow(
  entrance: Entrance,
  way: Explanation,
  visit: Visit,
  { port, listener }: Door,
  { by, rule, to }: Lead,
): Explanation {
  const component: Component = { type: 'listener', id: listener.ListenerArn }
  const step = (does: string): Step => ({
    component,
    direction: 'ingress',
    ...(rule && { rule }),
    explanation: `a listener accepts port ${port} (${listener.Protocol}): ${by} ${does}`,
  })
  switch (to.kind) {
    case 'group':
      return toGroup(entrance, passed(way, step(`forwards to ${nameIn(to.arn)}`)), visit, to.arn)
    case 'answer':
      return passed(way, step(`is a ${to.type}: the load balancer answers by itself`))
    case 'nobody': {
      const blocker: Blocker = {
        ...blockerOf(component, visit),
        direction: 'ingress',
        awsExplanationCode: 'ELBV2_LISTENER_REQUIRES_TG_ACCEPT',
        explanation: `${by} of the listener on port ${port} ${to.because}`,
      }
      return stopped(way, step(to.because), [blocker])
    }
    case 'unknown':
      return unclear(way, { component, direction: 'ingress' }, to.missing)
  }
}

/** The name within a target group's ARN. */
const nameIn = (arn: string): string => arn.split(':targetgroup/')[1]?.split('/')[0] ?? arn
