import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { dashboardBody } from '../dashboard.ts'
import { expand, type Places } from './places.ts'

export const addDashboard = (scope: Construct, places: Places): CfnDashboard =>
  new CfnDashboard(scope, 'Dashboard', { dashboardBody: expand(dashboardBody(), places) })
