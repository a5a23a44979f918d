import { Link } from '../parts/link.tsx'

export const EmptyState = ({ filtered }: { readonly filtered: boolean }) => (
  <div class="state" role="status">
    <strong>{filtered ? 'No finding matches.' : 'Nothing is wrong, as far as anybody looked.'}</strong>
    <p>
      {filtered
        ? 'Take a filter away, or look further back.'
        : 'A finding appears here when a target turns unhealthy, a task stops or a change cuts a path.'}
    </p>
    {filtered ? <Link to="/findings">Show all findings</Link> : <Link to="/explain">Ask about a path</Link>}
  </div>
)
