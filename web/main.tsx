import { render } from 'preact'
import { App } from './app.tsx'
import { arrive } from './login/session.ts'
import './styles/index.ts'

arrive()
const root = document.getElementById('app')
if (root) render(<App />, root)
