/** The script of `hca audit --output html`: draws what the file holds, and asks nobody. */
import { render } from 'preact'
import { REPORT_DATA_ID, type ReportData } from '../shared/render/report-data.ts'
import { AddressingContext, byHash } from './place.ts'
import { Report } from './report/report.tsx'
import './styles/index.ts'

const root = document.getElementById('app')
const data: ReportData = JSON.parse(document.getElementById(REPORT_DATA_ID)?.textContent ?? '')
if (root)
  render(
    <AddressingContext.Provider value={byHash}>
      <Report data={data} />
    </AddressingContext.Provider>,
    root,
  )
