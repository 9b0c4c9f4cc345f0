import type { CodeView } from '../../code/view.ts';
import { optionOf } from './filled.ts';
import type { Item } from './lists.ts';
import type { ServedModule } from './modules.ts';

/** What a module provides for the whole app under a name of the framework: `{ provide: APP_GUARD, useClass: Jwt }`. */
export const providedAs = (view: CodeView, { providers }: ServedModule, name: string): readonly Item[] =>
  providers.flatMap((item): readonly Item[] => {
    const token = optionOf(view, item, 'provide');
    if (!token || view.nameOf(token.expression, token.scope) !== `@nestjs/core.${name}`) return [];
    const given =
      optionOf(view, item, 'useClass') ??
      optionOf(view, item, 'useExisting') ??
      optionOf(view, item, 'useValue') ??
      optionOf(view, item, 'useFactory');
    return given ? [{ ...given, there: item.there }] : [];
  });
