const bcrypt = require('bcryptjs');
const db = require('./db');

// creates tables on first start
async function initDb() {
  await db.query(`
    CREATE TABLE IF NOT EXISTS users (
      id SERIAL PRIMARY KEY,
      email TEXT UNIQUE NOT NULL,
      name TEXT,
      password_hash TEXT NOT NULL,
      role TEXT DEFAULT 'customer',
      created_at TIMESTAMP DEFAULT NOW()
    )
  `);
  await db.query(`
    CREATE TABLE IF NOT EXISTS products (
      id SERIAL PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT,
      price NUMERIC(10, 2) NOT NULL,
      stock INTEGER DEFAULT 0,
      image TEXT
    )
  `);
  await db.query(`
    CREATE TABLE IF NOT EXISTS orders (
      id SERIAL PRIMARY KEY,
      user_id INTEGER REFERENCES users(id),
      total NUMERIC(10, 2) NOT NULL,
      address TEXT,
      status TEXT DEFAULT 'new',
      created_at TIMESTAMP DEFAULT NOW()
    )
  `);
  await db.query(`
    CREATE TABLE IF NOT EXISTS order_items (
      id SERIAL PRIMARY KEY,
      order_id INTEGER REFERENCES orders(id),
      product_id INTEGER REFERENCES products(id),
      quantity INTEGER NOT NULL,
      price NUMERIC(10, 2) NOT NULL
    )
  `);

  const admin = await db.query('SELECT id FROM users WHERE email = $1', ['admin@shop.local']);
  if (admin.rows.length === 0) {
    const hash = await bcrypt.hash('admin123', 10);
    await db.query('INSERT INTO users (email, name, password_hash, role) VALUES ($1, $2, $3, $4)', [
      'admin@shop.local',
      'Admin',
      hash,
      'admin',
    ]);
    console.log('Default admin created: admin@shop.local / admin123');
  }
}

module.exports = initDb;
