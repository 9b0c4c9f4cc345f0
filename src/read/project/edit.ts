import { isSeq, parseDocument } from 'yaml';
import type { Waiver } from '../../model/index.ts';

type Written = Omit<Waiver, 'at'>;

const SCOPE = ['control', 'finding', 'path', 'service'] as const;

/** The text of `seaworthy.yaml` with a waiver more; one of the same scope is replaced. Comments and order stay. */
export function withWaiver(text: string, waiver: Written): string {
  const document = parseDocument(text === '' ? 'version: 1\n' : text);
  const entry = Object.fromEntries(Object.entries(waiver).filter(([, value]) => value !== ''));
  const list = document.get('waivers');
  const node = document.createNode(entry);
  if (!isSeq(list)) document.set('waivers', document.createNode([entry]));
  else {
    list.flow = false;
    const place = list.items.findIndex((_, index) =>
      SCOPE.every(key => (document.getIn(['waivers', index, key]) ?? '') === waiver[key]),
    );
    if (place === -1) list.items.push(node);
    else list.items[place] = node;
  }
  return document.toString({ lineWidth: 110 });
}
