import { Link } from './link.tsx'

export const NoSuchPage = () => (
  <div class="state">
    <strong>There is no such page.</strong>
    <Link to="/findings">All findings</Link>
  </div>
)
