import { defineExtractor, unread } from '../define.ts';

/** Without git nothing says which files the repository holds and which only lie there. */
export default defineExtractor({
  id: 'derived/untold-tracking',
  reads: [],
  produces: ['trackedArtifact'],
  understands: () => true,
  *extract({ repository, service }) {
    if (repository.tracked.state === 'unclear')
      yield unread('trackedArtifact', service.root || '.', 'has no git that tells what is tracked');
  },
});
