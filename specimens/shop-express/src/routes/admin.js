const express = require('express');
const fs = require('fs');
const path = require('path');
const axios = require('axios');
const multer = require('multer');
const db = require('../db');

const router = express.Router();
const upload = multer({ dest: path.join(__dirname, '../../uploads') });

// GET /api/admin/users
router.get('/users', async (req, res, next) => {
  try {
    const result = await db.query('SELECT * FROM users');
    res.json(result.rows);
  } catch (err) {
    next(err);
  }
});

// POST /api/admin/products
router.post('/products', async (req, res, next) => {
  try {
    const { name, description, price, stock } = req.body;
    const result = await db.query(
      'INSERT INTO products (name, description, price, stock) VALUES ($1, $2, $3, $4) RETURNING *',
      [name, description, price, stock]
    );
    res.status(201).json(result.rows[0]);
  } catch (err) {
    next(err);
  }
});

// POST /api/admin/products/:id/image
router.post('/products/:id/image', upload.single('image'), async (req, res, next) => {
  try {
    await db.query('UPDATE products SET image = $1 WHERE id = $2', [req.file.filename, req.params.id]);
    res.json({ image: req.file.filename });
  } catch (err) {
    next(err);
  }
});

// POST /api/admin/products/:id/image-from-url
router.post('/products/:id/image-from-url', async (req, res, next) => {
  try {
    const response = await axios.get(req.body.url, { responseType: 'arraybuffer' });
    const filename = `${req.params.id}-${Date.now()}.jpg`;
    fs.writeFileSync(path.join(__dirname, '../../uploads', filename), response.data);
    await db.query('UPDATE products SET image = $1 WHERE id = $2', [filename, req.params.id]);
    res.json({ image: filename });
  } catch (err) {
    next(err);
  }
});

// DELETE /api/admin/products/:id
router.delete('/products/:id', async (req, res, next) => {
  try {
    await db.query('DELETE FROM products WHERE id = $1', [req.params.id]);
    res.json({ ok: true });
  } catch (err) {
    next(err);
  }
});

module.exports = router;
