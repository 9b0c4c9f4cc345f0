import type { Location } from '../location.ts';
import type { Term } from '../term.ts';

/** A file of environment variables: `.env`, `.env.example`, `config/production.env`. */
export interface EnvFile {
  readonly kind: 'envFile';
  readonly at: Location;
  readonly path: string;
  readonly entries: readonly EnvEntry[];
  /** Names that stand there commented out: a template documents optional settings so. */
  readonly commented: readonly EnvEntry[];
  /** By its name: `.env.example`, `.env.template`, `env.sample`. */
  readonly isTemplate: boolean;
  /** Whether git tracks it. */
  readonly tracked: 'yes' | 'no' | 'unclear';
  /** Whether the ignore rules of the tree leave it out. */
  readonly ignored: boolean;
  /** What its name says it is for. */
  readonly stage: 'production' | 'development' | 'unclear';
}

export interface EnvEntry {
  readonly name: string;
  readonly value: Term;
  readonly at: Location;
}
