import type { Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import type { Layer } from '../handler.ts';
import type { Filled } from './filled.ts';
import type { GuardAsking } from './guards.ts';
import { argumentsOf, named, type Mark } from './marks.ts';
import { runsBefore, type Before } from './middleware.ts';

/** A guard where it is put. */
export interface Put {
  readonly guard: Filled;
  readonly level: Layer['level'];
  readonly there: Truth;
  /** What names the place: the decorator, or the argument. */
  readonly at: Written;
}

/** The same, with what it asks of those who call one route. */
export interface AskingPut {
  readonly put: Put;
  readonly asking: GuardAsking;
}

/** Middleware that runs before what is asked. */
export const layersAt = (
  app: { readonly before: readonly Before[] },
  asked: Parameters<typeof runsBefore>[1],
): readonly Layer[] =>
  app.before.flatMap((each): readonly Layer[] => {
    const covers = runsBefore(each, asked);
    const layer = { ...each.thing, level: 'app', function: each.function, site: each.site } as const;
    return covers === 'no' ? [] : [{ ...layer, covers, asking: undefined }];
  });

export const layerOf = ({ put, asking }: AskingPut): Layer => ({
  ...put.at,
  level: put.level,
  function: asking.function,
  covers: put.there,
  site: { scope: put.at.scope, conditions: [] },
  asking,
});

/** `@UseGuards(Jwt, new Roles("admin"))` */
export const guardsIn = (view: CodeView, marks: readonly Mark[], level: Layer['level']): readonly Put[] =>
  named(marks, 'UseGuards').flatMap(mark =>
    argumentsOf(view, mark).map(guard => ({
      guard,
      level,
      there: both(mark.there, guard.there),
      at: mark.outer,
    })),
  );
