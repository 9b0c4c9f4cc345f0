import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const CLIENTS = /^\s*(?:import|from)\s+(requests|httpx|aiohttp|urllib3|urllib\.request)\b/m;

/** A token that goes into a header of a request to another service: theirs to check, with a key that is theirs. */
export function isForOthers(python: PythonView, { scope, call }: CallSite): boolean {
  const { text } = scope.module.file;
  const around = python.textOf(scope, scope.definition ?? call);
  return (
    CLIENTS.test(text) && /["']Authorization["']|\bBearer\b/.test(around) && !/\bjwt\.decode\(/.test(text)
  );
}
