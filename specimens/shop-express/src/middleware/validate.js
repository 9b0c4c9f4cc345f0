const Joi = require('joi');

const schemas = {
  register: Joi.object({
    email: Joi.string().email().required(),
    name: Joi.string().max(100),
    password: Joi.string().min(8).required(),
  }),
  order: Joi.object({
    address: Joi.string().required(),
    items: Joi.array()
      .items(Joi.object({ productId: Joi.number().required(), quantity: Joi.number().min(1).required() }))
      .required(),
  }),
};

module.exports = (name) => (req, res, next) => {
  const { error, value } = schemas[name].validate(req.body);
  if (error) {
    return res.status(400).json({ error: error.details[0].message });
  }
  req.body = value;
  next();
};
