"""Reading of indicator feeds: one indicator per line, optionally with a description."""
import ipaddress
import logging
import os
import re
from datetime import datetime, timezone

import requests

logger = logging.getLogger(__name__)

HASH = re.compile(r'^[0-9a-fA-F]{32}$|^[0-9a-fA-F]{40}$|^[0-9a-fA-F]{64}$')


def indicator_type(text):
    try:
        ipaddress.ip_address(text)
        return 'ip'
    except ValueError:
        pass
    if HASH.match(text):
        return 'hash'
    if '://' in text:
        return 'url'
    return 'domain'


def download(url):
    headers = {'User-Agent': os.getenv('FEED_USER_AGENT', 'threat-api/0.9')}
    api_key = os.getenv('FEED_API_KEY')
    if api_key:
        headers['Authorization'] = f'Bearer {api_key}'
    response = requests.get(url, headers=headers)
    response.raise_for_status()
    return response.text


def parse(text, source):
    now = datetime.now(timezone.utc).isoformat()
    threats = []
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        indicator, _, description = line.partition(',')
        threats.append(
            {
                'indicator': indicator.strip(),
                'type': indicator_type(indicator.strip()),
                'severity': os.getenv('FEED_SEVERITY', 'medium'),
                'source': source,
                'description': description.strip(),
                'tags': [],
                'first_seen': now,
            }
        )
    logger.info('%s: %d indicators', source, len(threats))
    return threats
