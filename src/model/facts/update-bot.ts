import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A bot that proposes new versions of dependencies. */
export interface UpdateBot {
  readonly kind: 'updateBot';
  readonly at: Location;
  readonly name: string;
  /** By its own words: `pip`, `npm`, `docker`; empty when it looks for all that it knows. */
  readonly watches: readonly string[];
  readonly active: Truth;
}

const WORDS = {
  python: /^(pip|uv|poetry|pipenv|pdm)$/,
  node: /^(npm|yarn|pnpm|bun)$/,
  conda: /^(conda|pip)$/,
};

/** Whether it proposes new versions of packages of this ecosystem. */
export const watchesPackages = ({ watches }: UpdateBot, ecosystem: keyof typeof WORDS): boolean =>
  watches.length === 0 || watches.some(word => WORDS[ecosystem].test(word));
