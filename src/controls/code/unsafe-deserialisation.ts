import type { ObjectLoad } from '../../model/index.ts';
import {
  absence,
  defineControl,
  failOr,
  followed,
  lowered,
  onProductionPath,
  passEvery,
  place,
  unknown,
} from '../define.ts';

const chosen = ({ at, callee, origin }: ObjectLoad) =>
  followed(place(at, `${callee} runs what the caller sends: ${origin.says}`), origin.way);

const written = ({ at, callee, writtenAt }: ObjectLoad) =>
  lowered(
    followed(
      place(at, `${callee} runs what stands in a file that can be written`),
      writtenAt ? [{ at: writtenAt, says: 'writes such files' }] : [],
    ),
    'only the service itself is seen to write there',
  );

export default defineControl({
  id: 'code/unsafe-deserialisation',
  title: 'Data from outside never becomes code or objects',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows what is unpickled, loaded as YAML with objects, loaded as a model, evaluated or executed: fails where the caller sends or chooses it, and where it lies in a file that the service writes.',
  why: 'Such data runs as code when it is read: whoever can write it owns the service.',
  remedy:
    'Keep data as JSON or in a table, use the safe loader and weights_only=True, and sign what must stay binary.',
  sources: ['CATALOG code/unsafe-deserialisation', 'CWE-502', 'OWASP ASVS 5.0 V1.5'],
  fix: 'auto',
  drill: 'none',
  needs: ['objectLoad'],

  applies: () => true,

  judge: ({ facts }) => {
    const loads = onProductionPath(facts.all('objectLoad')).filter(({ isSafe }) => isSafe !== 'yes');
    const findings = loads
      .filter(({ isSafe }) => isSafe === 'no')
      .flatMap(load => {
        if (load.origin.kind === 'input') return [chosen(load)];
        return load.writtenAt && load.origin.kind !== 'constant' ? [written(load)] : [];
      });
    const open = loads.find(
      ({ origin, isSafe }) => origin.kind === 'unclear' || (isSafe === 'unclear' && origin.kind === 'input'),
    );
    if (findings.length === 0 && open)
      return unknown(
        `${open.at.path}:${open.at.startLine} ${open.callee} is given ${open.origin.says}: who writes it cannot be told`,
      );
    return failOr(
      findings,
      passEvery(
        loads.length > 0
          ? loads.map(load => place(load.at, `${load.callee} is given ${load.origin.says}`))
          : [absence('call that makes objects or code out of data', facts.searched('objectLoad'))],
      ),
    );
  },
});
