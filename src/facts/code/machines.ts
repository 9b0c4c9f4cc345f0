import type { MachineReference } from '../../model/index.ts';
import { machineNamesIn } from '../../model/index.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import type { CodeView } from './view.ts';

/** Literals in code that name one person's machine; comments and docstrings run nowhere. */
export function* machinesIn(code: CodeView): Generator<MachineReference> {
  for (const { statement, scope, conditions } of code.statements(
    'Users',
    '/home/',
    'DESKTOP-',
    'LAPTOP-',
    's-Mac',
    's-iMac',
  )) {
    if (statement.kind === 'expression' && statement.value.kind === 'string') continue;
    for (const head of headOf(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'string' || machineNamesIn(each.value).length === 0) continue;
        // A long literal goes over several lines: the one that names the machine is meant.
        const source = code.textOf(scope, each);
        const [found] = machineNamesIn(source);
        const start = each.start + (found?.index ?? 0);
        const name = found ?? machineNamesIn(each.value)[0];
        if (!name) continue;
        yield {
          kind: 'machineReference',
          at: code.at(scope, { start, end: start + name.text.length }),
          what: name.what,
          text: name.text.replace(/\\+/g, '\\'),
          reached: code.reached({ scope, conditions }),
        };
      }
  }
}
