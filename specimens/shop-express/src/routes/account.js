const express = require('express');
const db = require('../db');

const router = express.Router();

router.get('/', async (req, res, next) => {
  try {
    const result = await db.query('SELECT id, email, name, role FROM users WHERE id = $1', [req.user.id]);
    res.json(result.rows[0]);
  } catch (err) {
    next(err);
  }
});

router.put('/', async (req, res, next) => {
  try {
    const { name } = req.body;
    const result = await db.query('UPDATE users SET name = $1 WHERE id = $2 RETURNING id, email, name', [
      name,
      req.user.id,
    ]);
    res.json(result.rows[0]);
  } catch (err) {
    next(err);
  }
});

module.exports = router;
