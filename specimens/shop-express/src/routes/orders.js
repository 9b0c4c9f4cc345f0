const express = require('express');
const db = require('../db');

const router = express.Router();

// GET /api/orders
router.get('/', async (req, res, next) => {
  try {
    const orders = await db.query('SELECT * FROM orders ORDER BY created_at DESC');
    for (const order of orders.rows) {
      const items = await db.query('SELECT * FROM order_items WHERE order_id = $1', [order.id]);
      order.items = items.rows;
    }
    res.json(orders.rows);
  } catch (err) {
    next(err);
  }
});

// POST /api/orders
router.post('/', async (req, res, next) => {
  try {
    const { userId, address, items } = req.body;
    let total = 0;
    for (const item of items) {
      const product = await db.query('SELECT price FROM products WHERE id = $1', [item.productId]);
      item.price = product.rows[0].price;
      total += item.price * item.quantity;
    }
    const order = await db.query(
      'INSERT INTO orders (user_id, total, address) VALUES ($1, $2, $3) RETURNING *',
      [userId, total, address]
    );
    for (const item of items) {
      await db.query(
        'INSERT INTO order_items (order_id, product_id, quantity, price) VALUES ($1, $2, $3, $4)',
        [order.rows[0].id, item.productId, item.quantity, item.price]
      );
      await db.query('UPDATE products SET stock = stock - $1 WHERE id = $2', [item.quantity, item.productId]);
    }
    res.status(201).json(order.rows[0]);
  } catch (err) {
    next(err);
  }
});

// GET /api/orders/:id
router.get('/:id', async (req, res, next) => {
  try {
    const result = await db.query('SELECT * FROM orders WHERE id = $1', [req.params.id]);
    res.json(result.rows[0]);
  } catch (err) {
    next(err);
  }
});

module.exports = router;
