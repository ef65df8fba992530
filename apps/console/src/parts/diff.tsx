import { lazy, Suspense } from 'react';
import { Waiting } from './situations.js';

const MergeView = lazy(() => import('./editor/merge-view.js'));

/** Two texts side by side, what differs marked. The editor library loads only when somebody compares. */
export function Diff(props: {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  language?: 'json' | 'yaml' | 'jsonata';
}) {
  return (
    <Suspense fallback={<Waiting rows={8} />}>
      <MergeView {...props} />
    </Suspense>
  );
}
