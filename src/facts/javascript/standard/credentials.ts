import { credentialsIn } from '../../code/credentials.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Literals in JavaScript that are passwords, tokens, keys or connection strings with a password. */
export default defineExtractor({
  id: 'javascript/standard/credentials',
  reads: ['envRead', 'signingKey'],
  produces: ['credential'],
  understands: hasNode,
  *extract({ node, facts }) {
    yield* credentialsIn(node, facts, []);
  },
});
