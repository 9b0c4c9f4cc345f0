import type { Location } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Written } from '../../code/written.ts';

/** What takes the files out of the body of a request, and what it does with them by itself. */
export interface Parser {
  /** Where it is set up, and where the files of this handler are taken. */
  readonly at: Location;
  readonly takenAt: Location;
  readonly what: string;
  /** The function that it asks whether it should take a file. */
  readonly filter: Written | undefined;
  /** Where a size is set beyond which it refuses. */
  readonly limits: Location | undefined;
  /** Where something that belongs to it holds files against a list of types. */
  readonly typed: Location | undefined;
  /** Where something that belongs to it looks at what they hold. */
  readonly looked: Location | undefined;
  /** Own functions that get the files before the handler does. */
  readonly asks: readonly FunctionEntity[];
  /** What it is set up with cannot be followed. */
  readonly isOpen: boolean;
  /** It writes the files somewhere. */
  readonly keeps: boolean;
  /** It makes up their names. */
  readonly names: boolean;
  /** Own functions that make up the names. */
  readonly naming: readonly Written[];
}
