import { fastapiHandlers } from './fastapi/handlers.ts';
import { flaskHandlers } from './flask/handlers.ts';
import type { Handler } from './handler.ts';
import type { PythonView } from './view.ts';

const known = new WeakMap<PythonView, readonly Handler[]>();

/** All handlers of a service, whichever framework. */
export function handlersOf(python: PythonView): readonly Handler[] {
  const before = known.get(python);
  if (before) return before;
  const all = [...flaskHandlers(python), ...fastapiHandlers(python)];
  known.set(python, all);
  return all;
}
