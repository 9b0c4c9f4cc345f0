const express = require('express');
const db = require('../db');

const router = express.Router();

const SORTABLE = { name: 'name', price: 'price', newest: 'id' };

// GET /api/products
router.get('/', async (req, res, next) => {
  try {
    const column = SORTABLE[req.query.sort] || 'id';
    const result = await db.query(`SELECT * FROM products ORDER BY ${column}`);
    res.json(result.rows);
  } catch (err) {
    next(err);
  }
});

// GET /api/products/search?q=
router.get('/search', async (req, res, next) => {
  try {
    const { q } = req.query;
    const result = await db.query(
      `SELECT * FROM products WHERE name ILIKE '%${q}%' OR description ILIKE '%${q}%'`
    );
    res.json(result.rows);
  } catch (err) {
    next(err);
  }
});

// GET /api/products/:id
router.get('/:id', async (req, res, next) => {
  try {
    const result = await db.query('SELECT * FROM products WHERE id = $1', [req.params.id]);
    if (result.rows.length === 0) {
      return res.status(404).json({ error: 'Not found' });
    }
    res.json(result.rows[0]);
  } catch (err) {
    next(err);
  }
});

module.exports = router;
