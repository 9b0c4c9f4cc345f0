import type { Location } from '../location.ts';

/** An attribute that code only ever sets to markup which was cleaned before: `note.html = clean(…)`. */
export interface CleanedMember {
  readonly kind: 'cleanedMember';
  readonly at: Location;
  readonly name: string;
  /** What cleans it. */
  readonly by: string;
}
