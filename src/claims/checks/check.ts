import type { Location, Repository } from '../../model/index.ts';
import type { Answer, Witness } from '../answer.ts';

/** A comparison of a claim with facts, where no control asks the same. */
export type Check = (witness: Witness, repository: Repository) => Answer;

/** Something that was seen, as an answer. */
export const seen = (
  { assessed }: Witness,
  is: 'holds' | 'fails',
  says: string,
  ...at: readonly Location[]
): Answer => ({
  is,
  evidence: [
    {
      speaks: is === 'holds' ? 'for' : 'against',
      control: '',
      service: assessed.id,
      says,
      places: at.slice(0, 3).map(each => ({ at: each, says })),
    },
  ],
  because: '',
});
