import type { FactKind, FactKinds, Repository } from '../model/index.ts';

/** Reads what documents (images, compose files, manifests …) say, once for the whole repository. */
export interface DocumentExtractor<K extends FactKind = FactKind> {
  /** The path of its file below `facts/`. */
  readonly id: string;
  readonly produces: readonly K[];
  extract(repository: Repository): Iterable<FactKinds[K]>;
}

export const defineDocumentExtractor = <const K extends FactKind>(
  extractor: DocumentExtractor<K>,
): DocumentExtractor<K> => extractor;
