const axios = require('axios');
const config = require('../config');

// TODO: use a real queue
module.exports = async function sendMail(to, text) {
  try {
    await axios.post(config.mailApiUrl, { to, text });
  } catch (err) {}
};
