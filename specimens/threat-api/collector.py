"""Collects the public feeds at regular intervals."""
import logging
import os
import time

import schedule

from threat_api import feeds, store

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger('collector')

FEEDS = {
    'blocklist': 'https://feeds.example.net/blocklist/ip.txt',
    'phish-watch': 'https://phish.example.org/urls.txt',
}


def collect():
    for source, url in FEEDS.items():
        try:
            store.add_threats(feeds.parse(feeds.download(url), source))
        except Exception as e:
            logger.error('%s: %s', source, e)


schedule.every(int(os.getenv('COLLECT_EVERY_HOURS', 6))).hours.do(collect)

if __name__ == '__main__':
    collect()
    while True:
        schedule.run_pending()
        time.sleep(30)
