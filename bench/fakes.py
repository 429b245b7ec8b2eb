"""Deterministic filler text and names, shared by every populate script (no package needed)."""

import random

WORDS = (
    "city culture network craft music film design media gastronomy literature architecture heritage workshop "
    "practice policy youth residency festival market museum library studio neighbourhood mayor delegation river "
    "bridge kitchen fabric weaving pottery animation orchestra poetry translation archive square tram harbour "
    "garden school university mentor budget indicator climate water energy repair reuse tourism export training "
    "women indigenous language oral tradition public space open call jury partner exchange survey report plan "
    "measure learn share host invite support fund prototype exhibit publish record perform restore map"
).split()
FIRST = (
    "Amina Bao Carla Dmitri Elena Farid Grace Hana Ivan Joao Kaori Lina Mateo Nadia Omar Paula Qing Rosa Samir "
    "Tomas Ursula Vera Wei Ximena Yusuf Zofia Andrea Bilal Chiara Diego"
).split()
LAST = (
    "Abadi Bergström Castro Diallo Eriksen Fontana Garcia Haddad Ito Jensen Kowalski Lopez Mbeki Nguyen Okafor "
    "Petrov Quispe Rossi Sato Tanaka Ueda Vargas Wang Xu Yilmaz Zhang Almeida Bianchi Costa Dubois"
).split()


class Fake:
    def __init__(self, seed=7):
        self.r = random.Random(seed)

    def words(self, n):
        return " ".join(self.r.choice(WORDS) for _ in range(n))

    def title(self, lo=4, hi=9):
        return self.words(self.r.randint(lo, hi)).capitalize()

    def sentence(self):
        return self.words(self.r.randint(9, 20)).capitalize() + "."

    def para(self, n=5):
        return " ".join(self.sentence() for _ in range(n))

    def name(self, i):
        return f"{FIRST[i % len(FIRST)]} {LAST[(i // len(FIRST) + i * 7) % len(LAST)]}"
