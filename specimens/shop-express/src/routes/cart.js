const express = require('express');
const db = require('../db');

const router = express.Router();

router.get('/', (req, res) => {
  res.json(req.session.cart || []);
});

router.post('/', async (req, res, next) => {
  try {
    const { productId, quantity } = req.body;
    const result = await db.query('SELECT id, name, price FROM products WHERE id = $1', [productId]);
    if (!result.rows[0]) {
      return res.status(404).json({ error: 'Product not found' });
    }
    req.session.cart = req.session.cart || [];
    req.session.cart.push({ ...result.rows[0], quantity });
    res.json(req.session.cart);
  } catch (err) {
    next(err);
  }
});

router.delete('/', (req, res) => {
  req.session.cart = [];
  res.json([]);
});

module.exports = router;
