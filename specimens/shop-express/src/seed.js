const db = require('./db');

const products = [
  ['Coffee mug', 'Ceramic, 300 ml', 12.5, 40],
  ['T-shirt', 'Organic cotton', 24.9, 120],
  ['Notebook', 'A5, dotted', 8, 75],
];

async function seed() {
  await db.query('DROP TABLE IF EXISTS order_items, orders');
  await db.query('TRUNCATE products RESTART IDENTITY');
  for (const product of products) {
    await db.query('INSERT INTO products (name, description, price, stock) VALUES ($1, $2, $3, $4)', product);
  }
  console.log(`${products.length} products seeded`);
  process.exit(0);
}

seed();
