"""Application configuration, read from the environment."""
import os


class Config:
    """Settings shared by every environment."""

    DEBUG = False

    HOST = os.getenv('HOST', '0.0.0.0')
    PORT = int(os.getenv('PORT', '5000'))

    CORS_ORIGINS = os.getenv('CORS_ORIGINS', '*')

    DATABASE_URL = os.getenv('DATABASE_URL', 'sqlite:///quadra_matrix.db')

    MODEL_DIR = os.getenv('MODEL_DIR', 'models')
    LOG_DIR = os.getenv('LOG_DIR', 'logs')
    LOG_LEVEL = os.getenv('LOG_LEVEL', 'INFO')

    LEARNING_RATE = float(os.getenv('LEARNING_RATE', '0.05'))
    BATCH_SIZE = int(os.getenv('BATCH_SIZE', '32'))
    DEFAULT_EPOCHS = int(os.getenv('DEFAULT_EPOCHS', '20'))

    @classmethod
    def validate(cls):
        """Check the settings of this environment. Raises ValueError."""
        if cls.BATCH_SIZE < 1:
            raise ValueError('BATCH_SIZE must be at least 1')
        if not 0 < cls.LEARNING_RATE < 1:
            raise ValueError('LEARNING_RATE must be between 0 and 1')
        return True


class DevelopmentConfig(Config):
    """Local development."""

    DEBUG = True


class ProductionConfig(Config):
    """Production deployment."""

    SECRET_KEY = os.getenv('SECRET_KEY')

    @classmethod
    def validate(cls):
        super().validate()
        if not cls.SECRET_KEY:
            raise ValueError('SECRET_KEY must be set in configuration')
        return True


config = {
    'development': DevelopmentConfig,
    'production': ProductionConfig,
    'default': DevelopmentConfig,
}


def get_config(name=None):
    """Return the configuration class for an environment name."""
    return config.get(name or os.getenv('FLASK_ENV', 'development'), config['default'])
