const test = require('node:test');
const assert = require('node:assert');

test('app works', () => {
  assert.ok(true);
});

test('can add two prices', () => {
  assert.strictEqual(12.5 + 24.9, 37.4);
});
