const app = require('./app');
const config = require('./config');
const initDb = require('./initDb');

initDb()
  .then(() => {
    app.listen(config.port, () => {
      console.log(`🚀 Server running on http://localhost:${config.port} (${config.env})`);
    });
  })
  .catch((err) => {
    console.error('Failed to init database', err);
    process.exit(1);
  });
