from app import password_faults


def test_a_long_mixed_password_is_accepted():
    assert password_faults("Harbour-Light-42") == []


def test_a_short_password_is_refused():
    assert "at least 12 characters" in password_faults("Ab1!")
